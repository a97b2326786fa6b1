/* Listens to the server's changes and comes back by itself when the line was cut. */

const PATIENCE = 2000;

/** Calls `onChange(change)` for every change, `onLost()` when the line is cut, `onBack()` after. */
export function listen({ onChange, onLost, onBack }) {
  let lost = false;

  function connect() {
    const source = new EventSource("/sandbox/events");
    source.addEventListener("change", (event) => onChange(JSON.parse(event.data)));
    source.addEventListener("open", () => {
      if (lost) onBack();
      lost = false;
    });
    source.addEventListener("error", () => {
      if (!lost) onLost();
      lost = true;
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, PATIENCE);
    });
  }

  connect();
}
