import { useIntl } from 'react-intl';
import type { ListingFilter } from '#shared/contract/common.ts';
import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';

/** What a filter by quality asks for, in words. */
export function QualityFilterText({ quality }: { readonly quality: NonNullable<ListingFilter['quality']> }) {
  const t = useText();
  const german = useIntl().locale.startsWith('de');
  const { data } = useEngineQuery('quality.overview', {}, { keep: true });
  if (quality.rule === undefined) return t(`quality.lane.${quality.lane ?? 'improve'}`);
  const text = data?.rules.find(({ rule }) => rule === quality.rule)?.text;
  return t('quality.notKept', { rule: (german ? text?.de : text?.en) ?? quality.rule });
}
