import type { Result } from '#shared/contract/methods.ts';
import { fieldAccess, statusesOf } from '#shared/domain/channel-fields.ts';
import { LISTING_FIELDS } from '#shared/domain/listing-fields.ts';
import { validateValue } from '#shared/domain/listing-rules.ts';
import type { ExportProduct } from '../jobs/export/export-product.ts';
import { isFilled, type Move } from './moved-products.ts';

type Loss = Result<'migration.plan'>['losses'][number];

/** What products lose on the way, most frequent first. Every filled value is looked at. */
export function lossesOf(products: readonly ExportProduct[], move: Move, nowMs: number): Loss[] {
  const losses = new Losses();
  const { source, target } = move;
  const moneyDiffers =
    source.currency !== null && target.currency !== null && source.currency !== target.currency;
  const seen = new Set<string>();
  for (const product of products) {
    if (product.kind === 'grouped' || product.kind === 'external')
      losses.add('kind', 'KIND_NOT_THERE', 'changed', `"${product.kind}" becomes an ordinary product`);
    for (const field of LISTING_FIELDS) {
      const owners = field.entity === 'product' ? [product] : product.listings;
      for (const owner of owners) {
        const value = owner.fields[field.name] ?? null;
        if (!isFilled(value) || (field.type === 'boolean' && value === 0)) continue;
        if (field.name !== 'sku' && fieldAccess(target.platform, field.name) !== 'write') {
          losses.add(field.name, 'FIELD_NOT_THERE', 'lost', `${target.name} has no place for ${field.name}`);
          continue;
        }
        if (field.type === 'money' && moneyDiffers) {
          const message = `Prices in ${source.currency} are not taken over as ${target.currency}; set them after the move`;
          losses.add(field.name, 'CURRENCY_DIFFERS', 'lost', message);
          continue;
        }
        if (field.name === 'status' && !statusesOf(target.platform).includes(String(value))) {
          losses.add('status', 'STATUS_NOT_ON_CHANNEL', 'changed', `"${String(value)}" becomes a draft`);
          continue;
        }
        const finding = validateValue(
          target.platform,
          field.name,
          value,
          target.currency ?? product.currency,
          nowMs,
        );
        if (finding)
          losses.add(
            field.name,
            finding.code,
            finding.severity === 'error' ? 'refused' : 'changed',
            finding.message,
          );
      }
    }
    for (const { fields } of product.listings) {
      const sku = typeof fields.sku === 'string' ? fields.sku : '';
      if (sku !== '' && seen.has(sku))
        losses.add(
          'sku',
          'SKU_DUPLICATE',
          'refused',
          `The SKU ${sku} stands at more than one product of the source`,
        );
      seen.add(sku);
    }
  }
  return losses.list();
}

/** Joins equal findings; the first one's words stand for all. */
class Losses {
  private readonly found = new Map<string, Loss>();

  add(field: string, code: string, severity: Loss['severity'], detail: string): void {
    const key = `${field} ${code}`;
    const known = this.found.get(key);
    if (known) known.count += 1;
    else this.found.set(key, { field, code, severity, count: 1, detail });
  }

  list(): Loss[] {
    return [...this.found.values()].toSorted((a, b) => b.count - a.count || a.field.localeCompare(b.field));
  }
}
