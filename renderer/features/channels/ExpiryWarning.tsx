import type { Account } from '#shared/contract/channels.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { ExpiryNotice } from './ExpiryNotice.tsx';

export interface ExpiryWarningProps {
  readonly account: Account;
  readonly onRenew: () => void;
}

/** On the card: keys that end soon. Health that cannot be read is told in its panel, not here. */
export function ExpiryWarning({ account, onRenew }: ExpiryWarningProps) {
  const { data } = useEngineQuery('channels.health', { accountId: account.accountId });
  if (!data) return null;
  return (
    <ExpiryNotice platform={account.platform} expiresAt={data.expiresAt} onRenew={onRenew} onlyWarning />
  );
}
