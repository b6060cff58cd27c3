import { useIntl } from 'react-intl';
import { formatMinor, type Money } from '#shared/domain/money.ts';
import { useText } from '../lib/text.ts';
import { Unknown } from './Unknown.tsx';

export interface MoneyTextProps {
  readonly money: Money | null;
  /** Why it is unknown. */
  readonly reason?: string;
}

/** Money as the person writes it. The decimal text goes to Intl as text, so no digit is lost. */
export function MoneyText({ money, reason }: MoneyTextProps) {
  const { locale } = useIntl();
  const t = useText();
  if (money === null) return <Unknown reason={reason ?? t('shell.unknown')} />;
  return <span className="qs-money">{moneyText(money, locale)}</span>;
}

export function moneyText({ minor, currency }: Money, locale: string): string {
  const decimal = formatMinor(minor, currency) as Intl.StringNumericLiteral;
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(decimal);
}
