// What takes time and can be asked for again meanwhile: only the answer to the last question may be shown.

/** Begins a turn each time it is called, and gives what says whether that turn is still the last. */
export function turns() {
  let last = 0;
  return () => {
    const mine = ++last;
    return () => mine === last;
  };
}
