import { Button, Modal, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { useMark } from '../use-mark.ts';

/** Tags that all chosen orders get, or lose. */
export function TagDialog({
  ids,
  onClose,
}: {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}) {
  const t = useText();
  const mark = useMark();
  const { data } = useEngineQuery('orders.tags', {});
  const [tags, setTags] = useState<readonly string[]>([]);
  const run = (change: 'addTags' | 'removeTags'): void => {
    mark(ids, { [change]: [...tags] });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('orders.tags.title', { count: ids.length })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <TagsInput
        label={t('orders.tags')}
        description={t('orders.tags.hint')}
        data={data?.tags.map(({ tag }) => tag) ?? []}
        value={[...tags]}
        maxTags={20}
        data-autofocus
        onChange={setTags}
      />
      <Button mt={12} mr={8} disabled={tags.length === 0} onClick={() => run('addTags')}>
        {t('orders.tags.add')}
      </Button>
      <Button mt={12} variant="default" disabled={tags.length === 0} onClick={() => run('removeTags')}>
        {t('orders.tags.remove')}
      </Button>
    </Modal>
  );
}
