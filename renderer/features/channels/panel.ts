import type { ScreenParams } from '../../lib/navigation.ts';

/** What the side panel shows. */
export type Panel =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly accountId: string }
  | { readonly kind: 'keys'; readonly accountId: string }
  | { readonly kind: 'health'; readonly accountId: string }
  | { readonly kind: 'handList'; readonly accountId: string }
  | { readonly kind: 'remove'; readonly accountId: string }
  | { readonly kind: 'quarantine'; readonly accountId: string | null };

export function panelFrom({ panel, accountId }: ScreenParams): Panel | null {
  if (panel === 'add') return { kind: 'add' };
  if (panel === 'quarantine') return { kind: 'quarantine', accountId: accountId ?? null };
  if (panel === 'health' && accountId !== undefined) return { kind: 'health', accountId };
  if (panel === 'handList' && accountId !== undefined) return { kind: 'handList', accountId };
  if (panel === 'keys' && accountId !== undefined) return { kind: 'keys', accountId };
  return null;
}
