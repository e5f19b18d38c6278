/** That an event stands in a thread; clients that know no threads show it as a reply. */
export function inThread(root: string | null, last: string | null = root): object {
  if (root === null) return {};
  return {
    'm.relates_to': {
      rel_type: 'm.thread',
      event_id: root,
      is_falling_back: true,
      'm.in_reply_to': { event_id: last ?? root },
    },
  };
}
