import type { Result } from '#shared/contract/methods.ts';
import type { GridColumn } from '../../grid/contract.ts';
import type { Text } from '../../lib/text.ts';
import { channelKey, placeKey } from './stock-source.ts';

export type Location = Result<'inventory.locations'>['locations'][number];

/** A shop whose shown quantity has a column. */
export interface Channel {
  readonly accountId: string;
  readonly name: string;
}

/** SKU and title, one editable column a location, and the figures over all of them; the channels where asked for. */
export function stockColumns(
  t: Text,
  locations: readonly Location[],
  channels: readonly Channel[] = [],
): GridColumn[] {
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
  const demand = (key: string, type: 'integer' | 'decimal' | 'text'): GridColumn => ({
    key,
    header: t(`planning.grid.${key}`),
    tooltip: t(`planning.grid.${key}.meaning`),
    type,
    width: 92,
    editable: false,
    clearable: false,
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
    ...channels.map(({ accountId, name }): GridColumn => ({
      key: channelKey(accountId),
      header: name,
      tooltip: t('planning.grid.channel.meaning', { name }),
      type: 'integer',
      width: 120,
      editable: false,
      clearable: false,
    })),
    demand('daily', 'decimal'),
    demand('daysLeft', 'integer'),
    demand('class', 'text'),
  ];
}
