import type { Result } from '#shared/contract/methods.ts';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { Num } from '../../ui/Num.tsx';
import { PlatformMark } from '../../ui/PlatformMark.tsx';
import styles from './quality.module.css';

/** Mean scores by account, how old they are, and whether they say anything about sales here. */
export function AccountScores({ overview }: { readonly overview: Result<'quality.overview'> }) {
  const t = useText();
  const { accounts, pass, packs } = overview;
  if (accounts.length === 0) return null;
  return (
    <section className={styles['scores']} aria-label={t('quality.accounts')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('quality.account')}</th>
            <th scope="col" data-number="">
              {t('quality.listings')}
            </th>
            <th scope="col" data-number="">
              {t('quality.score')}
            </th>
            <th scope="col" data-number="">
              {t('quality.completeness')}
            </th>
            <th scope="col" data-number="">
              {t('quality.lane.rejected')}
            </th>
            <th scope="col" data-number="">
              {t('quality.lane.improve')}
            </th>
            <th scope="col">{t('quality.pack')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.accountId}>
              <td>
                <PlatformMark platform={account.platform} name={account.name} />
              </td>
              <td data-number="">
                <Num value={account.listings} />
              </td>
              <td data-number="">
                <strong>
                  <Num value={account.score} />
                </strong>
              </td>
              <td data-number="">
                <Num value={account.complete} />
              </td>
              <td data-number="">
                <Num value={account.rejected} />
              </td>
              <td data-number="">
                <Num value={account.improve} />
              </td>
              <td className="qs-muted">
                {packs.find(({ platform }) => platform === account.platform)?.version}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="qs-muted">
        {pass.running ? (
          t('quality.running')
        ) : (
          <>
            {t('quality.passed')} <Age at={pass.finishedAt} />
          </>
        )}
      </p>
      <p className="qs-muted">
        <Calibration />
      </p>
    </section>
  );
}

function Calibration() {
  const t = useText();
  const { data } = useEngineQuery('quality.calibration', {}, { keep: true });
  if (!data) return null;
  const { correlation, verdict, measure, pairs } = data;
  return (
    <span>
      {t(`quality.calibration.${verdict}`)}{' '}
      {correlation &&
        t('quality.calibration.numbers', {
          ...correlation,
          pairs,
          measure: t(`quality.measure.${measure}`),
        })}
    </span>
  );
}
