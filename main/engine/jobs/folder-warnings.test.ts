import { expect, it } from 'vitest';
import { folderWarnings } from './folder-warnings.ts';

it.each([
  '/home/ada/Dropbox/shop',
  '/Users/ada/Library/Mobile Documents/shop',
  '/Users/ada/Google Drive/shop',
  'C:\\Users\\ada\\OneDrive - Harbour GmbH\\shop',
  '/home/ada/Nextcloud',
  '\\\\server\\share\\shop',
])('warns of a workspace in %s', (dir) => {
  expect(folderWarnings(dir)).toEqual([expect.objectContaining({ code: 'SYNCED_FOLDER' })]);
});

it.each([
  '/home/ada/.config/quayside/workspaces/default',
  'C:\\Users\\ada\\shop',
  '/home/ada/dropboxes/shop',
])('is content with %s', (dir) => {
  expect(folderWarnings(dir)).toEqual([]);
});
