import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { rulePackSchema, type RulePack } from '#shared/domain/quality/rule-pack.ts';
import { CodedError } from '#shared/errors/coded-error.ts';

let loaded: readonly RulePack[] | null = null;

/** The rules of every channel, by channel. Read once: they are part of the program. */
export function rulePacks(): readonly RulePack[] {
  loaded ??= readPacks(packsDir());
  return loaded;
}

/** The rules of an account's channel; null for a catalogue without one. */
export function packOf(platform: AccountPlatform): RulePack | null {
  return rulePacks().find((pack) => pack.platform === platform) ?? null;
}

/** Packs lie beside the bundle, and among the resources in the source tree. */
function packsDir(): string {
  const beside = fileURLToPath(new URL('./rule-packs', import.meta.url));
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL('../../../resources/rule-packs', import.meta.url));
}

/** Every pack of a folder; one that is broken is an error that names it. */
export function readPacks(dir: string): RulePack[] {
  const files = readdirSync(dir).filter((name) => name.endsWith('.json'));
  return files.toSorted().map((name) => {
    const parsed = rulePackSchema.safeParse(readJson(join(dir, name)));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new CodedError(
      'INTERNAL',
      `The rule pack ${name} is broken: ${issue?.path.join('.')} ${issue?.message}`,
    );
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CodedError('INTERNAL', `The rule pack ${file} cannot be read`, {}, { cause: error });
  }
}
