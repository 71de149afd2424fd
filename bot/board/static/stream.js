/** Pictures as the server sends them; the line mends itself. */
const AGAIN_AFTER = 3000;
// A line that is back at once need not be spoken of.
const PATIENCE = 1000;

/**
 * Listen for pictures.
 * @param {string} address
 * @param {(picture: object, id: string) => void} onPicture
 * @param {(lost: boolean) => void} onLost told true once there has been no line for a moment, and false when it is back
 * @param {() => void} onOver called once the board is gone for good
 */
export function listen(address, onPicture, onLost, onOver) {
  let waiting = null;
  const back = () => {
    clearTimeout(waiting);
    waiting = null;
    onLost(false);
  };
  const wait = () => {
    waiting ??= setTimeout(() => onLost(true), PATIENCE);
  };
  const connect = () => {
    wait();
    const source = new EventSource(address);
    source.onopen = back;
    source.onmessage = (event) => onPicture(JSON.parse(event.data), event.lastEventId);
    source.onerror = () => {
      wait();
      // The browser gives up after an answer other than 200, such as that of a proxy whose server starts again.
      if (source.readyState !== EventSource.CLOSED) return;
      const again = setTimeout(connect, AGAIN_AFTER);
      isGone(address).then((gone) => {
        if (!gone) return;
        clearTimeout(again);
        back();
        source.close();
        onOver();
      });
    };
  };
  connect();
}

/** Whether there is no such board any more; an EventSource does not say with what it was answered. */
async function isGone(address) {
  try {
    return (await fetch(address, { method: "HEAD" })).status === 404;
  } catch {
    return false;
  }
}
