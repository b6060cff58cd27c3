import { useId, type ReactNode } from 'react';
import type { Account } from '#shared/contract/channels.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { Num } from '../../ui/Num.tsx';
import { Unknown } from '../../ui/Unknown.tsx';
import styles from './AccountFacts.module.css';

export interface AccountFactsProps {
  readonly account: Account;
  readonly onQuarantine: () => void;
  readonly onHealth: () => void;
}

export function AccountFacts({ account, onQuarantine, onHealth }: AccountFactsProps) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const { accountId } = account;
  const local = account.platform === 'local';
  return (
    <dl className={styles['facts']}>
      <Fact label={t('channels.listings')} onOpen={() => go('listings', { accountId })}>
        <Num value={account.listings} />
      </Fact>
      {!local && (
        <>
          <Fact label={t('channels.orders')} onOpen={() => go('orders', { accountId })}>
            <Num value={account.openOrders} />
          </Fact>
          <Fact label={t('channels.waiting')} onOpen={() => go('publish', { accountId })}>
            <Num value={account.outbox} />
          </Fact>
          <Fact label={t('channels.lastPull')}>
            <Age at={account.lastPullAt} />
          </Fact>
          <Fact label={t('channels.lastPush')}>
            <Age at={account.lastPushAt} reason={t('channels.neverSent')} />
          </Fact>
          <Fact label={t('channels.lastVerified')}>
            <Age at={account.lastVerifiedAt} reason={t('channels.neverVerified')} />
          </Fact>
          <Fact label={t('channels.quarantined')} onOpen={account.quarantined > 0 ? onQuarantine : undefined}>
            <Num value={account.quarantined} />
          </Fact>
          {(account.drifted ?? 0) > 0 && (
            <Fact label={t('channels.drifted')} onOpen={onHealth}>
              <Num value={account.drifted ?? 0} />
            </Fact>
          )}
        </>
      )}
      <Fact label={t('channels.currency')}>
        {account.currency ?? <Unknown reason={t('channels.currency.unknown')} />}
      </Fact>
      <Fact label={t('channels.timeZone')}>{account.timeZone}</Fact>
    </dl>
  );
}

interface FactProps {
  readonly label: string;
  readonly onOpen?: (() => void) | undefined;
  readonly children: ReactNode;
}

function Fact({ label, onOpen, children }: FactProps) {
  const id = useId();
  return (
    <div className={styles['fact']}>
      <dt id={id}>{label}</dt>
      <dd>
        {onOpen === undefined ? (
          children
        ) : (
          <button
            type="button"
            id={`${id}-value`}
            className={styles['open']}
            aria-labelledby={`${id} ${id}-value`}
            onClick={onOpen}
          >
            {children}
          </button>
        )}
      </dd>
    </div>
  );
}
