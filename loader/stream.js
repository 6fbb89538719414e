// Changes as the backend tells them, by server-sent events (WHATWG HTML, section 9.2). The
// browser reconnects by itself and says what it heard last. Where it gives up, the widget polls,
// and asks for the stream again later.

/** How often the browser may lose the connection, without one event in between, before it is no
    stream but a way of polling badly. */
const PATIENCE = 5;

/** At most one stream; `state(open)` and `heard(data)` are told what comes of it. */
export const makeStream = (state, heard) => {
  let source;
  const hush = () => {
    if (source) source.onopen = source.onerror = undefined;
    source?.close();
    source = undefined;
  };
  return {
    hush,
    /** Listens to events of this name; says whether there is a stream now. */
    listen(url, event, withCredentials) {
      if (source) return true;
      let losses = 0;
      source = new EventSource(url, { withCredentials });
      source.onopen = () => state(true);
      source.onerror = () => {
        losses += 1;
        const over = losses > PATIENCE || source.readyState === EventSource.CLOSED;
        if (over) hush();
        state(false);
      };
      source.addEventListener(event, ({ data }) => {
        losses = 0;
        heard(String(data));
      });
      return true;
    },
  };
};
