import { useIntl } from 'react-intl';
import { useText } from '../../lib/text.ts';
import { Unknown } from '../../ui/Unknown.tsx';

export interface DayTextProps {
  /** YYYY-MM-DD. */
  readonly day: string | null;
  /** Why there is none. */
  readonly reason?: string;
}

/** A calendar day as the person writes it; noon UTC keeps it the same day everywhere. */
export function DayText({ day, reason }: DayTextProps) {
  const t = useText();
  const intl = useIntl();
  if (day === null) return <Unknown reason={reason ?? t('purchasing.noDay')} />;
  return <>{intl.formatDate(`${day}T12:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' })}</>;
}
