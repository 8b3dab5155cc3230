// Names where there is little room: on lines of their own, and never cut.

/** A name broken into lines of about as many letters. */
export function broken(name, most) {
  const lines = [""];
  for (const word of name.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length > most && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.join("\n");
}
