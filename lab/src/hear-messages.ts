/** Lets a worker hear messages of the page in the middle of its work. Timers of 0 ms would wait for 4. */
export function hearMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
