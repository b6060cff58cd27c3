import type { ReactNode } from 'react';
import { FormattedDate, FormattedNumber } from 'react-intl';
import type { MarketFigure } from '#shared/domain/market-figures.ts';
import type { Result } from '#shared/contract/methods.ts';
import { useHasText, useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { MoneyText } from '../../../ui/MoneyText.tsx';
import styles from './attributes.module.css';

type Figures = Result<'market.figures'>['figures'];

/** Every figure with where it comes from and how old it is. */
export function FigureList({ figures }: { readonly figures: Figures }) {
  const t = useText();
  return (
    <dl className={styles['figures']}>
      {figures.map(({ figure, asOf, source }) => (
        <div key={figure.kind} className={styles['figure']}>
          <dt>
            {t(`market.kind.${figure.kind}`)}
            <span className="qs-muted" title={source}>
              {' · '}
              <Age at={asOf} />
            </span>
          </dt>
          <dd>
            <Figure figure={figure} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Figure({ figure }: { readonly figure: MarketFigure }): ReactNode {
  const t = useText();
  const has = useHasText();
  switch (figure.kind) {
    case 'featuredOffer':
      if (figure.price === null) return t('market.featured.nobody');
      return (
        <>
          <MoneyText money={figure.price} />{' '}
          {t(figure.isMine === true ? 'market.featured.mine' : 'market.featured.other')}
          {figure.lowest && (
            <span className="qs-muted">
              {' · '}
              {t('market.featured.lowest')} <MoneyText money={figure.lowest} />
            </span>
          )}
        </>
      );
    case 'targetPrice': {
      const known = `market.target.${figure.status}`;
      if (figure.price !== null) return <MoneyText money={figure.price} />;
      return has(known) ? t(known) : figure.status;
    }
    case 'fees':
      return (
        <>
          <MoneyText money={figure.total} />{' '}
          <span className="qs-muted">
            {t('market.fees.at')} <MoneyText money={figure.at} />
          </span>
        </>
      );
    case 'salesAndTraffic':
      return (
        <>
          {t('market.sales', {
            sessions: figure.sessions,
            units: figure.units,
            buyBox: figure.buyBox,
          })}{' '}
          <MoneyText money={figure.sales} />
          <span className="qs-muted">
            {' · '}
            <FormattedDate value={`${figure.from}T00:00:00Z`} timeZone="UTC" />
            {'–'}
            <FormattedDate value={`${figure.to}T00:00:00Z`} timeZone="UTC" />
            {' · '}
            <FormattedNumber value={figure.unitsPerSession} maximumFractionDigits={1} /> %{' '}
            {t('market.sales.conversion')}
          </span>
        </>
      );
  }
}
