/** The time left, counted by the page's own steady clock from the moment its picture came: no wall clock is asked. */
let endsAt = null;
let lasts = 0;

/** Count down from so many seconds; null stops. `seconds` is the whole time of a round, 0 where it has none. */
export function setTimeLeft(left, seconds) {
  endsAt = left === null ? null : performance.now() + left * 1000;
  lasts = seconds && Math.max(seconds, left ?? 0);
  tick();
}

function tick() {
  const place = document.getElementById("time-left");
  if (endsAt === null || !place) return;
  const left = Math.max((endsAt - performance.now()) / 1000, 0);
  const whole = Math.ceil(left);
  const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  if (place.textContent !== text) place.textContent = text;
  document.getElementById("time-bar").style.setProperty("--share", lasts ? left / lasts : 0);
}

setInterval(tick, 250);
