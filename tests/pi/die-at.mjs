// Loaded into an update: it dies, as of kill -9, when it is about to begin the step that DIE_AT names.
if (process.argv[1]?.endsWith('pi/update.ts')) {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = (text, ...rest) => {
    if (String(text).startsWith(`update: ${process.env.DIE_AT}:`)) process.kill(process.pid, 'SIGKILL')
    return write(text, ...rest)
  }
}
