import { FormattedNumber } from 'react-intl';
import { useText } from '../lib/text.ts';
import { Unknown } from './Unknown.tsx';

export interface NumProps {
  readonly value: number | null;
  /** Why it is unknown. */
  readonly reason?: string;
}

/** A number in the person's grouping. */
export function Num({ value, reason }: NumProps) {
  const t = useText();
  if (value === null) return <Unknown reason={reason ?? t('shell.unknown')} />;
  return <FormattedNumber value={value} />;
}
