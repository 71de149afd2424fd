/* Sets light or dark colours before the first paint. Not a module, because modules are deferred. */
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const remembered = () => {
    try {
      return localStorage.getItem("board-theme");
    } catch {
      return null; // there is no storage
    }
  };
  const apply = () => {
    document.documentElement.dataset.theme = remembered() ?? (system.matches ? "dark" : "light");
  };
  system.addEventListener("change", apply);
  apply();
})();
