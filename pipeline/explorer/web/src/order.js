// The order of texts, the same in whatever language a browser is set to.

/** Texts in alphabetical order, figures in them by their size: to sort by. */
export const { compare } = new Intl.Collator("en", { numeric: true });
