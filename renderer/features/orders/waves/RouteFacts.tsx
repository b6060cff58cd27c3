import type { WaveBatchRow } from '#shared/contract/waves.ts';
import { useText } from '../../../lib/text.ts';
import styles from './Waves.module.css';

/** The shortest route, what the other rules would cost, and the bins that are on no map. */
export function RouteFacts({ route }: { readonly route: WaveBatchRow['route'] }) {
  const t = useText();
  const others = route.costs.filter(({ rule }) => rule !== route.rule);
  const unknown = route.offMap.map((bin) => (bin === '' ? t('waves.noBin') : bin)).join(', ');
  const measured = route.costs.some(({ metres }) => metres > 0);
  if (!measured) return <span className={styles['route']}>{t('waves.unmeasured')}</span>;
  return (
    <span className={styles['route']}>
      <span>{t('waves.route', { rule: t(`waves.rule.${route.rule}`), metres: route.metres })}</span>
      <span className={styles['muted']}>
        {others
          .map(({ rule, metres }) => t('waves.route', { rule: t(`waves.rule.${rule}`), metres }))
          .join(' · ')}
      </span>
      {unknown !== '' && <span className={styles['muted']}>{t('waves.last', { bins: unknown })}</span>}
    </span>
  );
}
