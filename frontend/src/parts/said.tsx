// Words, and in them commands, paths and names of machines: none of those is broken at the end of a line.
import { For } from 'solid-js'

/** With the point that follows it: that stays where the command is. */
const COMMAND =
  /("(?:npm|pi\/)[^"]+"\S*|npm (?:start|run \S+)\S*(?: -- \S+)?|systemctl \S+ \S+|journalctl(?: -u)? \S+|pi\/\S+(?: --\S+)?|(?<=\s|^)\/\w\S*|\S+\.(?:local|sh)\b\S*)/

export function Said(props: { text: string }) {
  return (
    <For each={props.text.split(COMMAND)}>{(part, i) => (i() % 2 === 1 ? <code>{part}</code> : part)}</For>
  )
}
