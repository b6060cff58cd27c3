import { useIntl } from 'react-intl';
import { useNow } from '../lib/now.ts';
import { useText } from '../lib/text.ts';
import { ageOf } from './age-steps.ts';
import { Unknown } from './Unknown.tsx';

export interface AgeProps {
  /** Epoch milliseconds; null is unknown. */
  readonly at: number | null;
  /** Why it is unknown; default "Never read". */
  readonly reason?: string;
}

/** "2 min ago", with the exact time on hover. */
export function Age({ at, reason }: AgeProps) {
  const t = useText();
  const intl = useIntl();
  const now = useNow();
  if (at === null) return <Unknown reason={reason ?? t('shell.age.never')} />;
  const { unit, count } = ageOf(now - at);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'medium' })}
    >
      {t(`shell.age.${unit}`, { count })}
    </time>
  );
}
