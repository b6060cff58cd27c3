import { expect, it } from 'vitest';
import { authorityEntry, hasDisplay } from './display.mjs';

it('writes an authority entry for any display', () => {
  const entry: Buffer = authorityEntry(Buffer.alloc(16, 7));
  expect(entry.toString('hex')).toBe(
    `ffff000000000012${Buffer.from('MIT-MAGIC-COOKIE-1').toString('hex')}0010${'07'.repeat(16)}`,
  );
});

it('counts Wayland as a display', () => {
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay({ DISPLAY: ':1' })).toBe(true);
  expect(hasDisplay({ DISPLAY: '' })).toBe(process.platform !== 'linux');
});
