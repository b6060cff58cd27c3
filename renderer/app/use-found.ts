import type { SpotlightActionGroupData } from '@mantine/spotlight';
import { useEngineQuery } from '../lib/engine.tsx';
import { useNavigation } from '../lib/navigation.ts';
import { useText } from '../lib/text.ts';

const MAX_FOUND = 6;
const MIN_LETTERS = 2;

/** Listings and orders of the workspace that match what is typed, as entries of the palette. */
export function useFound(query: string): SpotlightActionGroupData[] {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const text = query.trim();
  const enabled = text.length >= MIN_LETTERS;
  const listings = useEngineQuery('listings.query', { text, limit: MAX_FOUND }, { enabled, keep: true }).data;
  const orders = useEngineQuery('orders.query', { text, limit: MAX_FOUND }, { enabled, keep: true }).data;
  if (!enabled) return [];
  return [
    {
      group: t('shell.screen.listings'),
      actions: (listings?.rows ?? []).map((row) => ({
        id: `listing:${row.listingId}`,
        label: row.variant === '' ? row.title : `${row.title} (${row.variant})`,
        description: row.sku ?? t('shell.noSku'),
        onClick: () => go('listings', { listingId: row.listingId, text: row.sku ?? row.title }),
      })),
    },
    {
      group: t('shell.screen.orders'),
      actions: (orders?.rows ?? []).map((row) => ({
        id: `order:${row.orderId}`,
        label: t('shell.found.order', { number: row.number }),
        description: row.customerName,
        onClick: () => go('orders', { orderId: row.orderId }),
      })),
    },
  ].filter(({ actions }) => actions.length > 0);
}
