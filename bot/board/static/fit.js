/** Makes the stage as large as the screen allows without scrolling. A phone scrolls instead: it is read from near. */
const WIDE = matchMedia("(min-width: 760px) and (min-height: 480px)");
const LARGEST = 1.4;
const SMALLEST = 0.42; // below it nobody could read, and the page scrolls instead
const STEP = 0.04;

/**
 * Fit what the stage shows.
 * @param {HTMLElement} stage
 * @param {number[]} columns numbers of columns to try, the most pleasing first
 * @param {number} factor how much larger the reader wants it; above 1 it may scroll
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

/** Give the largest scale that fits: in steps, halving what is left to try. */
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
