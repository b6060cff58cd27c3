/** Folders that a synchroniser moves about under a running database. */
const SYNCED = [
  {
    pattern:
      /[\\/](Dropbox|OneDrive[^\\/]*|Google ?Drive|iCloud ?Drive|Mobile Documents|Nextcloud|Syncthing)[\\/]/i,
    name: 'a synchronised folder',
  },
  { pattern: /^(\\\\|\/\/)/, name: 'a network folder' },
] as const;

/** A live database in a synchronised or network folder gets damaged sooner or later: say so. */
export function folderWarnings(dir: string): { code: string; message: string }[] {
  return SYNCED.filter(({ pattern }) => pattern.test(`${dir}/`)).map(({ name }) => ({
    code: 'SYNCED_FOLDER',
    message: `The workspace lies in ${name}; move it to a plain local folder, or it can be damaged`,
  }));
}
