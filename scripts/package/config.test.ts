import { expect, it } from 'vitest';
import { readBuilderConfig } from '../package.mjs';
import { assertLegacyTargets, configFor } from './config.mjs';

const base = readBuilderConfig();
const release = { flavour: 'release', dist: null, legacy: false };

it('names every fuse and ships with those off that open the app', () => {
  const { electronFuses } = configFor(base, release);
  expect(Object.keys(electronFuses).toSorted()).toEqual([
    'enableCookieEncryption',
    'enableEmbeddedAsarIntegrityValidation',
    'enableNodeCliInspectArguments',
    'enableNodeOptionsEnvironmentVariable',
    'grantFileProtocolExtraPrivileges',
    'loadBrowserProcessSpecificV8Snapshot',
    'onlyLoadAppFromAsar',
    'runAsNode',
  ]);
  expect(electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
  });
});

it('opens only the flavour for tests, in a folder of its own', () => {
  const config = configFor(base, { ...release, flavour: 'e2e' });
  expect(config.electronFuses.enableNodeCliInspectArguments).toBe(true);
  expect(config.directories.output).toBe('dist/e2e');
  expect(configFor(base, release).directories.output).toBe('dist');
});

it('marks what is made with the old runtime', () => {
  const config = configFor(base, { ...release, dist: { dir: '/e', version: '25.1.1' }, legacy: true });
  expect(config.directories.output).toBe('dist/not-for-users');
  expect(config.electronDist).toBe('/e');
  expect(config.electronFuses).not.toHaveProperty('grantFileProtocolExtraPrivileges');
  expect(() => assertLegacyTargets(['linux'], ['dir'])).not.toThrow();
  expect(() => assertLegacyTargets(['linux'], [])).toThrow('official Electron');
  expect(() => assertLegacyTargets(['linux'], ['dir', 'deb'])).toThrow('official Electron');
  expect(() => assertLegacyTargets(['win'], ['dir'])).toThrow('official Electron');
});

it('has an address for updates only where one was named, by https, and never in a try-out', () => {
  const updates = 'https://updates.example/quayside';
  expect(configFor(base, release).publish).toBeNull();
  expect(configFor(base, { ...release, updates }).publish).toEqual({ provider: 'generic', url: updates });
  expect(configFor(base, { ...release, updates, flavour: 'e2e' }).publish).toBeNull();
  expect(configFor(base, { ...release, updates, legacy: true }).publish).toBeNull();
  expect(() => configFor(base, { ...release, updates: 'http://updates.example' })).toThrow('https only');
});
