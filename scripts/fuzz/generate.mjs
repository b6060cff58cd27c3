// Inputs that fit a JSON schema, and changes that make them unfit.
import { longText, nasty, nastyNumber, nastyText, poisoned } from './nasty.mjs';

const OPTIONAL_SHARE = 0.35;
/** A valid list is longer than this only when its schema asks for it. */
const LIST_LENGTH = 4;

/**
 * Values of the workspace by the name of the field that carries them, filled
 * from what calls answer. Bounded, so that a long run stays as quick as a short one.
 */
export class Pools {
  constructor(random) {
    this.random = random;
    this.byName = new Map();
  }

  add(name, value) {
    const pool = this.byName.get(name) ?? [];
    if (pool.includes(value)) return;
    if (pool.length < 60) pool.push(value);
    else pool[this.random.int(0, pool.length - 1)] = value;
    this.byName.set(name, pool);
  }

  /** Collects ids, codes and row numbers anywhere in a reply. */
  harvest(value, depth = 0) {
    if (typeof value !== 'object' || value === null || depth > 6) return;
    if (Array.isArray(value)) {
      for (const entry of value.slice(0, 20)) this.harvest(entry, depth + 1);
      return;
    }
    for (const [name, entry] of Object.entries(value)) {
      if (name === 'ids' && entry instanceof Int32Array) {
        for (const rid of entry.subarray(0, 20)) this.add('rid', rid);
      } else if (typeof entry === 'string' && /(Id|^sku|^code|^planId)$/.test(name)) this.add(name, entry);
      else if (name === 'rid' && typeof entry === 'number') this.add(name, entry);
      else this.harvest(entry, depth + 1);
    }
  }

  /** A value that the workspace has for this field, undefined when there is none. */
  draw(name) {
    const pool = this.byName.get(name) ?? this.byName.get(name.replace(/s$/, ''));
    return pool === undefined ? undefined : this.random.pick(pool);
  }

  /** Some value of any kind, for ids in the wrong place. */
  any() {
    const names = [...this.byName.keys()];
    return names.length === 0 ? this.random.uuid() : this.draw(this.random.pick(names));
  }
}

/** @returns {string} a text that fits most likely; patterns are met where they are about digits */
function textFor(schema, name, { random, pools }) {
  if (schema.format === 'uuid') {
    const known = pools.draw(name);
    return typeof known === 'string' && random.chance(0.9) ? known : random.uuid();
  }
  if (schema.format === 'uri') return random.pick(['https://shop.example', 'https://other.example/a']);
  if (typeof schema.pattern === 'string' && schema.pattern.includes('\\d'))
    return pools.draw(name) ?? String(random.int(0, 500));
  if (/^(file|to)$/.test(name))
    return random.pick(['in.csv', 'in2.csv', 'out.csv', 'out2.csv', 'none.csv', 'broken.csv']);
  if (name === 'locale') return random.pick(['en', 'de', 'fr']);
  if (name === 'currency') return random.pick(['EUR', 'USD', 'JPY', 'XXX']);
  const known = pools.draw(name);
  if (known !== undefined && random.chance(0.7)) return known;
  const text = random.chance(0.5)
    ? random.pick(['P1', 'S1', 'blue', '12.50', '5', '7', 'price + 1', '2026-11-24', 'Main'])
    : nastyText(random);
  const least = schema.minLength ?? 0;
  return text.slice(0, schema.maxLength ?? text.length).padEnd(least, 'x');
}

function numberFor(schema, name, { random, pools }) {
  if (/^rids?$/.test(name) && random.chance(0.8)) return pools.draw('rid') ?? 1;
  const low = Math.max(schema.minimum ?? schema.exclusiveMinimum ?? 0, -1_000_000);
  const high = Math.min(schema.maximum ?? schema.exclusiveMaximum ?? 1_000_000, low + 1_000_000);
  if (random.chance(0.5)) return Math.min(high, low + random.int(0, 12));
  return random.pick([low, high, random.int(low, high)]);
}

/** A value that fits `schema`; what the schema leaves out (refinements) may still refuse it. */
export function fitting(schema, name, tools) {
  const { random } = tools;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fitting(random.pick(choices), name, tools);
  switch (schema.type) {
    case 'object':
      return objectFor(schema, tools);
    case 'array': {
      const least = schema.minItems ?? 0;
      const most = Math.min(schema.maxItems ?? LIST_LENGTH, Math.max(least, LIST_LENGTH));
      if (schema.prefixItems) return schema.prefixItems.map((item) => fitting(item, name, tools));
      return Array.from({ length: random.int(least, most) }, () => fitting(schema.items ?? {}, name, tools));
    }
    case 'string':
      return textFor(schema, name, tools);
    case 'integer':
    case 'number':
      return numberFor(schema, name, tools);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return nasty(random);
  }
}

function objectFor(schema, tools) {
  const { random } = tools;
  const object = {};
  const required = new Set(schema.required ?? []);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (required.has(name) || random.chance(OPTIONAL_SHARE)) object[name] = fitting(property, name, tools);
  }
  if (!schema.properties && typeof schema.additionalProperties === 'object') {
    for (let left = random.int(0, 4); left > 0; left -= 1) {
      const key = random.pick([
        'consumerKey',
        'consumerSecret',
        'accessToken',
        'SKU',
        'Title',
        nastyText(random),
      ]);
      object[key] = fitting(schema.additionalProperties, key, tools);
    }
  }
  return object;
}

/** Every place in a value that can be replaced. */
function places(value, found = [], depth = 0) {
  if (typeof value !== 'object' || value === null || depth > 8 || found.length > 400) return found;
  if (ArrayBuffer.isView(value)) return found;
  for (const key of Object.keys(value)) {
    found.push({ holder: value, key });
    places(value[key], found, depth + 1);
  }
  return found;
}

/** Changes one place of `input` (in place where it has any) and gives the input to send. */
export function mutate(input, { random, pools }) {
  if (random.chance(0.05)) return nasty(random);
  const spots = places(input);
  if (spots.length === 0 || random.chance(0.08)) {
    if (typeof input !== 'object' || input === null) return nasty(random);
    return random.chance(0.3)
      ? { ...input, ...poisoned(random) }
      : { ...input, [nastyText(random).slice(0, 200)]: nasty(random) };
  }
  const { holder, key } = random.pick(spots);
  const before = holder[key];
  switch (random.int(0, 6)) {
    case 0:
      delete holder[key];
      break;
    case 1:
      holder[key] = pools.any();
      break;
    case 2:
      holder[key] = random.uuid();
      break;
    case 3:
      if (typeof before === 'number') holder[key] = nastyNumber(random);
      else if (typeof before === 'string')
        holder[key] = random.chance(0.1) ? longText(random) : nastyText(random);
      else holder[key] = nasty(random);
      break;
    case 4:
      if (Array.isArray(before) && before.length > 0) {
        // The same entries again and again: a list that contradicts itself.
        holder[key] = Array.from({ length: random.int(2, 300) }, (_, index) => before[index % before.length]);
      } else holder[key] = [before];
      break;
    default:
      holder[key] = nasty(random);
  }
  return input;
}
