import type { Result } from '#shared/contract/methods.ts';
import type { GridColumn } from '../../grid/contract.ts';
import type { Text } from '../../lib/text.ts';
import { placeKey } from './stock-source.ts';

export type Location = Result<'inventory.locations'>['locations'][number];

/** SKU and title, one editable column a location, and the figures over all of them. */
export function stockColumns(t: Text, locations: readonly Location[]): GridColumn[] {
  const figure = (key: string, width = 104): GridColumn => ({
    key,
    header: t(`inventory.column.${key}`),
    tooltip: t(`inventory.column.${key}.meaning`),
    type: 'integer',
    width,
    editable: false,
    clearable: false,
    sortable: true,
  });
  const places = locations
    .filter(({ kind }) => kind !== 'transit')
    .map(({ locationId, name, kind }): GridColumn => ({
      key: placeKey(locationId),
      header: name,
      tooltip: t(
        kind === 'quarantine' ? 'inventory.column.quarantine.meaning' : 'inventory.column.place.meaning',
        {
          name,
        },
      ),
      type: 'integer',
      width: 112,
      editable: true,
      clearable: false,
      validate: (value) =>
        typeof value === 'number' && value < 0
          ? { ok: false, code: 'OUT_OF_RANGE', message: t('inventory.negative') }
          : { ok: true, value },
    }));
  return [
    {
      key: 'sku',
      header: t('inventory.column.sku'),
      type: 'text',
      width: 150,
      editable: false,
      clearable: false,
      pinned: 'left',
      mono: true,
      sortable: true,
    },
    {
      key: 'title',
      header: t('inventory.column.title'),
      type: 'text',
      width: 300,
      editable: false,
      clearable: false,
      sortable: true,
    },
    ...places,
    figure('reserved'),
    figure('available'),
    figure('incoming'),
    figure('inTransit'),
    ...(locations.some(({ kind }) => kind === 'quarantine') ? [figure('quarantined', 112)] : []),
  ];
}
