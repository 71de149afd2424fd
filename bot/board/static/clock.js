/** The countdown. It uses the monotonic clock from the arrival of the snapshot, since wall clocks may be wrong. */
let endsAt = null;
let lasts = 0;

/** Count down from `left` seconds; null stops. `seconds` is the duration of the round, 0 if it has no limit. */
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
