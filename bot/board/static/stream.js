/** The event stream of snapshots, which reconnects by itself. */
const RECONNECT_MILLISECONDS = 3000;
// A connection that is lost for a shorter time is not reported.
const REPORT_AFTER_MILLISECONDS = 1000;

/**
 * Listen for snapshots.
 * @param {string} address
 * @param {(snapshot: object, id: string) => void} onSnapshot
 * @param {(lost: boolean) => void} onLost called with true after the connection was lost, with false when it is back
 * @param {() => void} onOver called when the board no longer exists
 */
export function listen(address, onSnapshot, onLost, onOver) {
  let waiting = null;
  const back = () => {
    clearTimeout(waiting);
    waiting = null;
    onLost(false);
  };
  const wait = () => {
    waiting ??= setTimeout(() => onLost(true), REPORT_AFTER_MILLISECONDS);
  };
  const connect = () => {
    wait();
    const source = new EventSource(address);
    source.onopen = back;
    source.onmessage = (event) => onSnapshot(JSON.parse(event.data), event.lastEventId);
    source.onerror = () => {
      wait();
      // EventSource gives up after a status other than 200, such as that of a proxy while the server restarts.
      if (source.readyState !== EventSource.CLOSED) return;
      const again = setTimeout(connect, RECONNECT_MILLISECONDS);
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

/** Return whether the board no longer exists. EventSource does not reveal the status, so it is requested again. */
async function isGone(address) {
  try {
    return (await fetch(address, { method: "HEAD" })).status === 404;
  } catch {
    return false;
  }
}
