// npm run sbom [-- --out FILE]: what is shipped as a CycloneDX list of parts, for
// a release. npm makes it from the lockfile; what only builds and tests is left out.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { shippedPackages } from './licences.mjs';
import { inRoot, root } from './paths.mjs';
import { capture, isMain } from './process.mjs';

/**
 * The part of `bom` that is about `shipped` packages; throws when one is missing.
 * @param {{ components: { name: string, group?: string, version: string, 'bom-ref': string }[], dependencies: { ref: string, dependsOn?: string[] }[], metadata: { component: { 'bom-ref': string } } }} bom
 * @param {readonly { name: string, version: string }[]} shipped
 */
export function onlyShipped(bom, shipped) {
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const components = bom.components.filter(({ 'bom-ref': ref }) => wanted.has(ref));
  const refs = new Set(components.map((component) => component['bom-ref']));
  const missing = [...wanted].filter((ref) => !refs.has(ref));
  if (missing.length > 0) throw new Error(`npm sbom does not list ${missing.join(', ')}`);
  const own = bom.metadata.component['bom-ref'];
  const dependencies = bom.dependencies
    .filter(({ ref }) => ref === own || refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((name) => refs.has(name)) }));
  return { ...bom, components, dependencies };
}

/** Electron is shipped whole although nothing bundles it. */
function runtimePackage() {
  const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  return { name: 'electron', version: packages['node_modules/electron'].version };
}

export async function makeSbom() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--include=dev'];
  const { code, stdout, output } = await capture(npm, args, { cwd: root });
  if (code !== 0) throw new Error(`npm sbom failed:\n${output}`);
  return onlyShipped(JSON.parse(stdout), [...shippedPackages(), runtimePackage()]);
}

if (isMain(import.meta.url)) {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist/sbom.cdx.json' } } });
    const file = resolve(values.out);
    const bom = await makeSbom();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
    console.log(`${bom.components.length} components in ${file}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
