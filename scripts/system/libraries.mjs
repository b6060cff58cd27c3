// From what the loader misses to the packages that bring it: pure.

/** Names of shared libraries that `ldd` could not find, in order, each once. */
export function missingLibraries(lddOutput) {
  const names = [...lddOutput.matchAll(/^\s*(\S+)\s+=>\s+not found/gm)].map((match) => match[1]);
  return [...new Set(names)];
}

/**
 * Debian and Ubuntu packages by library; several names because releases since
 * 2024 carry a t64 suffix. GTK brings everything that is not listed.
 */
const PACKAGES = [
  [/^lib(nss3|nssutil3|smime3|ssl3|plc4|plds4|nspr4)\.so/, ['libnss3']],
  [/^libasound\.so/, ['libasound2t64', 'libasound2']],
  [/^libgbm\.so/, ['libgbm1']],
  [/^libdrm\.so/, ['libdrm2']],
  [/^libcups\.so/, ['libcups2t64', 'libcups2']],
  [/^libdbus-1\.so/, ['libdbus-1-3']],
  [/^libxkbcommon\.so/, ['libxkbcommon0']],
  [/^libexpat\.so/, ['libexpat1']],
  [/^lib(glib|gobject|gio|gmodule)-2\.0\.so/, ['libglib2.0-0t64', 'libglib2.0-0']],
  [/^libX11\.so/, ['libx11-6']],
  [/^libxcb\.so/, ['libxcb1']],
  [/^libXcomposite\.so/, ['libxcomposite1']],
  [/^libXdamage\.so/, ['libxdamage1']],
  [/^libXext\.so/, ['libxext6']],
  [/^libXfixes\.so/, ['libxfixes3']],
  [/^libXrandr\.so/, ['libxrandr2']],
];
const EVERYTHING_ELSE = ['libgtk-3-0t64', 'libgtk-3-0'];

/** For each library the package names to choose from, equal choices joined. */
export function packageChoices(libraries) {
  const choices = new Map();
  for (const library of libraries) {
    const names = PACKAGES.find(([pattern]) => pattern.test(library))?.[1] ?? EVERYTHING_ELSE;
    choices.set(names.join('|'), names);
  }
  return [...choices.values()];
}

/**
 * One package of each choice: the first that the distribution offers. Old names
 * stand for new ones as virtual packages, so the order matters.
 * @param {readonly (readonly string[])[]} choices
 * @param {ReadonlySet<string>} available
 */
export function choosePackages(choices, available) {
  return choices.map((names) => names.find((name) => available.has(name)) ?? names.at(-1));
}

/** Package names that have an install candidate, from `apt-cache policy` output. */
export function availablePackages(policyOutput) {
  const available = new Set();
  for (const block of policyOutput.split(/\n(?=\S)/)) {
    const name = /^(\S+):$/m.exec(block)?.[1];
    const candidate = /^\s+Candidate:\s+(\S+)/m.exec(block)?.[1];
    if (name && candidate && candidate !== '(none)') available.add(name);
  }
  return available;
}
