/** Scales the stage as large as the screen allows without scrolling. Phones scroll instead. */
const WIDE = matchMedia("(min-width: 760px) and (min-height: 480px)");
const LARGEST = 1.4;
const SMALLEST = 0.42; // smaller text would be unreadable; the page scrolls instead
const STEP = 0.04;

/**
 * Fit the stage to the screen.
 * @param {HTMLElement} stage
 * @param {number[]} columns numbers of columns to try, the preferred one first
 * @param {number} factor the reader's text size; above 1 the page may scroll
 */
export function fit(stage, columns, factor) {
  const set = (scale, count) => {
    stage.style.setProperty("--scale", scale);
    stage.style.setProperty("--columns", count);
  };
  if (!WIDE.matches) {
    set(factor, 1);
    return;
  }
  let best = { scale: 0, count: 1 };
  for (const count of columns) {
    const scale = largest((tried) => {
      set(tried, count);
      return fits();
    });
    if (scale > best.scale) best = { scale, count };
  }
  set(best.scale * factor, best.count);
}

function fits() {
  const page = document.documentElement;
  return page.scrollHeight <= page.clientHeight && page.scrollWidth <= page.clientWidth;
}

/** Return the largest scale that fits, by binary search in steps. */
function largest(isFit) {
  let low = 0;
  let high = Math.round((LARGEST - SMALLEST) / STEP);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isFit(SMALLEST + middle * STEP)) low = middle;
    else high = middle - 1;
  }
  return SMALLEST + low * STEP;
}
