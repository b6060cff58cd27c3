import type { Result } from '#shared/contract/methods.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { Num } from '../../ui/Num.tsx';
import { PlatformMark } from '../../ui/PlatformMark.tsx';
import { DailyBars } from './DailyBars.tsx';
import styles from './Pulse.module.css';

type ChannelPulse = Result<'today.get'>['pulse'][number];

/** How one channel does, with the age of what is said. Before it was ever read, nothing is known: dashes, no zeros. */
export function Pulse({ pulse }: { readonly pulse: ChannelPulse }) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const known = pulse.readAt !== null;
  const reason = known ? t('today.pulse.noCurrency') : t('shell.age.never');
  const count = (value: number): number | null => (known ? value : null);
  return (
    <article className={styles['card']} aria-label={pulse.name}>
      <header className={styles['head']}>
        <h2 className={styles['name']}>
          <PlatformMark platform={pulse.platform} name={pulse.name} />
        </h2>
        <span className="qs-muted">
          <Age at={pulse.readAt} />
        </span>
      </header>
      <dl className={styles['facts']}>
        <div>
          <dt>{t('today.pulse.today')}</dt>
          <dd>
            <strong>
              <MoneyText money={known ? pulse.salesToday : null} reason={reason} />
            </strong>
            <span className="qs-muted">
              {known ? t('today.pulse.orders', { count: pulse.ordersToday }) : ''}
            </span>
          </dd>
        </div>
        <div>
          <dt>{t('today.pulse.week')}</dt>
          <dd>
            <strong>
              <MoneyText money={known ? pulse.sales7d : null} reason={reason} />
            </strong>
            <span className="qs-muted">
              {known ? t('today.pulse.orders', { count: pulse.orders7d }) : ''}
            </span>
          </dd>
        </div>
      </dl>
      {known && <DailyBars daily={pulse.daily} />}
      <button
        type="button"
        className={styles['stock']}
        onClick={() => go('listings', { accountId: pulse.accountId, stock: 'out' })}
      >
        <span>{t('today.pulse.out')}</span>
        <strong>
          <Num value={count(pulse.outOfStock)} reason={reason} />
        </strong>
      </button>
    </article>
  );
}
