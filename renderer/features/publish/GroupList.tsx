import type { Account } from '#shared/contract/channels.ts';
import type { Result } from '#shared/contract/methods.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { Num } from '../../ui/Num.tsx';
import { PlatformMark } from '../../ui/PlatformMark.tsx';
import { durationText } from './duration.ts';
import styles from './publish.module.css';
import type { Scope } from './scopes.ts';

type Preview = Result<'publish.preview'>;

export interface GroupListProps {
  readonly all: Preview;
  /** The preview of the chosen scope: its money and its time. */
  readonly shown: Preview;
  readonly accounts: readonly Account[];
  readonly fields: FieldTexts;
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
}

/** Changes by channel and field; choosing one narrows the right side and the button. */
export function GroupList({ all, shown, accounts, fields, scope, onScope }: GroupListProps) {
  const t = useText();
  const ids = [...new Set(all.groups.map(({ accountId }) => accountId))];
  const stakes = shown.moneyAtStake.filter(({ minor }) => minor !== 0);
  const ms = Math.max(0, ...shown.etaMs.map((eta) => eta.ms));
  return (
    <nav className={styles['groups']} aria-label={t('publish.groups')}>
      <Entry
        on={scope.accountId === undefined}
        label={<strong>{t('publish.all')}</strong>}
        count={all.total}
        onClick={() => onScope({})}
      />
      {ids.map((accountId) => {
        const groups = all.groups.filter((group) => group.accountId === accountId);
        const account = accounts.find((each) => each.accountId === accountId);
        return (
          <div key={accountId} className={styles['group']}>
            <Entry
              on={scope.accountId === accountId && scope.fields === undefined}
              label={
                <PlatformMark
                  platform={account?.platform ?? 'local'}
                  name={account?.name ?? groups[0]?.accountName ?? ''}
                />
              }
              count={groups.reduce((sum, group) => sum + group.count, 0)}
              onClick={() => onScope({ accountId })}
            />
            {groups.map(({ field, count, stake }) => (
              <Entry
                key={field}
                inner
                on={scope.accountId === accountId && scope.fields?.[0] === field}
                label={
                  <>
                    {fields.name(field)}
                    {stake !== null && stake.minor !== 0 && (
                      <span className={styles['stake']} title={t('publish.stake.meaning')}>
                        {stake.minor > 0 ? '+' : ''}
                        <MoneyText money={stake} />
                      </span>
                    )}
                  </>
                }
                count={count}
                onClick={() => onScope({ accountId, fields: [field as ListingFieldName] })}
              />
            ))}
          </div>
        );
      })}
      <dl className={styles['facts']}>
        <div title={t('publish.stake.meaning')}>
          <dt>{t('publish.stake')}</dt>
          <dd>
            {stakes.length === 0
              ? t('publish.stake.none')
              : stakes.map((money) => (
                  <span key={money.currency}>
                    {money.minor > 0 ? '+' : ''}
                    <MoneyText money={money} />
                  </span>
                ))}
          </dd>
        </div>
        <div title={t('publish.eta.meaning')}>
          <dt>{t('publish.eta')}</dt>
          <dd>{durationText(ms, t)}</dd>
        </div>
      </dl>
    </nav>
  );
}

function Entry({
  on,
  label,
  count,
  inner = false,
  onClick,
}: {
  readonly on: boolean;
  readonly label: React.ReactNode;
  readonly count: number;
  readonly inner?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      className={styles['entry']}
      data-inner={inner || undefined}
      aria-current={on}
      onClick={onClick}
    >
      <span className={styles['clip']}>{label}</span>
      <span className={styles['count']}>
        <Num value={count} />
      </span>
    </button>
  );
}
