/** Waits for a condition by asking again and again; what was last seen is in the error. */
export async function until(what: string, condition: () => unknown, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await condition();
    if (seen === true) return;
    if (Date.now() > deadline)
      throw new Error(`${what} did not come within ${String(withinMs)} ms; last: ${String(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
