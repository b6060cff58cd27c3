import type { RuleTrace as Trace } from '#shared/contract/order-rules.ts';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import styles from './OrderDesk.module.css';
import panel from './OrderPanel.module.css';

/** Why this carrier: every rule of the last run with what it looked at. */
export function RuleTrace({ trace }: { readonly trace: Trace }) {
  const t = useText();
  const names = (fields: readonly string[]): string =>
    fields.map((field) => t(`orders.rules.field.${field}`)).join(', ');
  return (
    <section className={panel['section']}>
      <h3>
        {t('orders.trace')} <Age at={trace.at} />
      </h3>
      <table className={styles['trace']}>
        <thead>
          <tr>
            <th>{t('orders.trace.rule')}</th>
            <th>{t('orders.trace.found')}</th>
            <th>{t('orders.trace.result')}</th>
          </tr>
        </thead>
        <tbody>
          {trace.rules.map((rule) => (
            <tr key={rule.ruleId}>
              <td>{rule.name}</td>
              <td>
                {rule.clauses.length === 0
                  ? t('orders.trace.always')
                  : rule.clauses.map((clause) => (
                      <div key={`${clause.fact} ${clause.wanted}`}>
                        {t(clause.matched ? 'orders.trace.yes' : 'orders.trace.no', {
                          fact: t(`orders.rules.fact.${clause.fact}`),
                          wanted: clause.wanted,
                          found: clause.found === '' ? '—' : clause.found,
                        })}
                      </div>
                    ))}
              </td>
              <td>
                {!rule.matched && t('orders.trace.missed')}
                {rule.set.length > 0 && <div>{t('orders.trace.set', { fields: names(rule.set) })}</div>}
                {rule.overruled.length > 0 && (
                  <div className="qs-muted">
                    {t('orders.trace.overruled', { fields: names(rule.overruled) })}
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
