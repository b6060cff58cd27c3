import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import { settingsSchema, type Settings, type SettingsPatch } from '#shared/contract/bridge.ts';

const storedSchema = z.object({
  version: z.literal(1),
  settings: settingsSchema,
  window: z
    .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number(), maximized: z.boolean() })
    .nullable(),
  workspace: z.object({ kind: z.enum(['sample', 'default', 'dir']), dir: z.string().nullable() }).nullable(),
});
type Stored = z.infer<typeof storedSchema>;

const DEFAULTS: Stored = {
  version: 1,
  settings: {
    theme: 'system',
    density: 'normal',
    locale: 'system',
    zoom: 1,
    sound: true,
    updates: 'ask',
    screens: {},
  },
  window: null,
  workspace: null,
};

/** Screens' state is a convenience: the oldest goes before the file grows into a database. */
const MAX_BYTES = 64_000;

/** Preferences of this person on this machine. Data never goes here. */
export class SettingsFile {
  private readonly store: Store<Stored>;
  /** Where a damaged file was moved to, when that happened at this start. */
  readonly quarantined: string | null;

  constructor(dir: string) {
    this.quarantined = quarantineDamaged(join(dir, 'settings.json'));
    this.store = new Store<Stored>({
      cwd: dir,
      name: 'settings',
      defaults: DEFAULTS,
      clearInvalidConfig: false,
    });
  }

  get settings(): Settings {
    const parsed = settingsSchema.safeParse({ ...DEFAULTS.settings, ...this.store.get('settings') });
    return parsed.success ? parsed.data : DEFAULTS.settings;
  }

  update(patch: SettingsPatch): Settings {
    const before = this.settings;
    const set = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const next = settingsSchema.parse({
      ...before,
      ...set,
      screens: { ...before.screens, ...patch.screens },
    });
    const keys = Object.keys(next.screens);
    while (JSON.stringify(next).length > MAX_BYTES && keys.length > 0)
      delete next.screens[keys.shift() ?? ''];
    this.store.set('settings', next);
    return next;
  }

  get window(): Stored['window'] {
    return this.store.get('window') ?? null;
  }

  set window(bounds: Stored['window']) {
    this.store.set('window', bounds);
  }

  get workspace(): Stored['workspace'] {
    return this.store.get('workspace') ?? null;
  }

  set workspace(choice: Stored['workspace']) {
    this.store.set('workspace', choice);
  }
}

/** A damaged file is moved aside and told about, never silently replaced. */
function quarantineDamaged(file: string): string | null {
  if (!existsSync(file)) return null;
  try {
    if (storedSchema.partial().safeParse(JSON.parse(readFileSync(file, 'utf8'))).success) return null;
  } catch {
    // Not JSON: damaged.
  }
  const aside = `${file}.damaged-${Date.now()}`;
  renameSync(file, aside);
  return aside;
}
