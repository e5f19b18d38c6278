import { Card } from '../../src/web/card.tsx';
import { FormDialog } from '../../src/web/form.tsx';
import type { Html } from '../../src/web/html.ts';
import { Icon } from '../../src/web/icon.tsx';
import { Moment, type Reader } from '../../src/web/text.tsx';
import type { PrivateAnswer } from './answers.ts';
import { addressInWeb } from './channels.ts';
import { PostedView } from './message-item.tsx';
import type { Sight } from './sight.ts';

/** What Docket answered to one page: a form as a dialog, everything else as a message that only its reader sees. */
export async function PrivateItem({
  answer,
  sight,
  reader,
}: {
  answer: PrivateAnswer;
  sight: Sight;
  reader: Reader;
}): Promise<string> {
  const { id, view, thread } = answer;
  const base = addressInWeb({ key: answer.channel });
  const dismiss = `/answers/${id}/dismiss`;
  if (view.view === 'form') {
    const extra = { answer: `${id}`, ...(thread === null ? {} : { thread: `${thread}` }) };
    return <FormDialog id={`answer-${id}`} form={view} to={`${base}/submit`} extra={extra} dismiss={dismiss} />;
  }
  const rights = view.view === 'card' ? await sight.rightsOn(view.ticket) : new Set<never>();
  const pressed = { to: `${base}/press`, message: null };
  const into = thread === null ? 'messages answers' : `thread-${thread} messages answers`;
  return (
    <li
      id={`answer-${id}`}
      class="message private"
      data-into={into}
      data-card={view.view === 'card' ? view.ticket : undefined}
      data-version={Date.parse(answer.created)}
    >
      <div class="message-main">
        <p class="message-head">
          <small class="only-you">Only you see this</small> <Moment at={answer.created} reader={reader} />
        </p>
        {view.view === 'card' ? (
          <Card id={`answer-card-${id}`} card={view} rights={rights} pressed={pressed} reader={reader} />
        ) : (
          <PostedView id={`answer-view-${id}`} view={view} pressed={pressed} reader={reader} />
        )}
      </div>
      <button
        type="button"
        class="quiet dismiss"
        hx-post={dismiss}
        hx-swap="none"
        data-remove={`answer-${id}`}
        aria-label="Dismiss"
      >
        <Icon name="close" />
      </button>
    </li>
  ) as Html as string;
}
