/* Light or dark, before anything is drawn: as the system says, unless somebody chose. No module, for modules wait. */
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const remembered = () => {
    try {
      return localStorage.getItem("board-theme");
    } catch {
      return null; // the browser keeps nothing
    }
  };
  const apply = () => {
    document.documentElement.dataset.theme = remembered() ?? (system.matches ? "dark" : "light");
  };
  system.addEventListener("change", apply);
  apply();
})();
