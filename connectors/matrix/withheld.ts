import type { Matrix } from './matrix.ts';
import { platform } from './platform.ts';
import { send, transactionOf } from './sending.ts';

/**
 * Why somebody's client may keep keys from a device for good
 * (spec.matrix.org/latest/client-server-api/#reporting-that-decryption-keys-are-withheld); the others pass by themselves.
 */
const lasting: ReadonlySet<string> = new Set(['m.unverified', 'm.blacklisted', 'm.unauthorised']);

/**
 * Says once in a room, and to the administrators, that messages cannot be read there because their keys are withheld: whoever
 * wrote would otherwise wait for an answer that never comes. Never rejects.
 */
export async function reportWithheld(matrix: Matrix, room: string, sender: string, code: string): Promise<void> {
  const { log, options, rooms, device, bot, door, server } = matrix;
  try {
    if (!lasting.has(code)) return;
    log.warn({ room, sender, code }, "Messages cannot be read: the sender's client withholds their keys from Docket");
    const name = `matrix withheld ${room}`;
    if ((await options.memory.load(name)) !== null) return;
    // Anybody can name any room in such a message.
    const members = await rooms.members(room);
    const isSpokenIn = members.get(sender)?.joined === true && members.get(bot)?.joined === true;
    if (!isSpokenIn || !(await device.isEncrypted(room))) return;
    const what = `Docket cannot read your messages here, because your client does not share their keys with it (${code}).`;
    const then = 'Nothing of them was recorded. Administrators of Docket were notified.';
    const body = `${members.get(sender)?.name ?? sender}: ${what} ${then}`;
    const content = { msgtype: 'm.text', body, 'm.mentions': { user_ids: [sender] } };
    await send(matrix, room, 'm.room.message', content, transactionOf(name));
    await door.alert({
      key: name,
      what: `Docket cannot read the messages of ${sender} in ${platform}:${server}/${room}: their client withholds the keys (${code}).`,
      mend:
        'Check that the log does not say that the device of Docket is not cross-signed. If it is, the sender has to allow ' +
        `unverified devices, or to verify ${bot}.`,
    });
    await options.memory.save(name, { sender, code });
  } catch (error) {
    log.warn({ err: error, room }, 'It could not be reported that keys are withheld');
  }
}
