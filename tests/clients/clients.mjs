// SPDX-License-Identifier: GPL-3.0-or-later
// Clients that nobody here wrote make a clip each at the stand-in services, from the submit to the file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const [origin, wire] = process.argv.slice(2)
const first = readFileSync(join(wire, 'first.png'))
const last = readFileSync(join(wire, 'last.png'))
const prompt = 'The mug turns slowly'
let n = 0
let failed = 0

const ledger = async () => (await fetch(`${origin}/ledger`)).json()

async function fetchClip(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${answer.status} for ${url}`)
  return new Uint8Array(await answer.arrayBuffer())
}

// What a client did counts only as the service's own book says it: so many jobs billed and handed over since.
async function check(name, service, make, jobs = 1) {
  n++
  try {
    await fetch(`${origin}/ledger`, { method: 'DELETE' })
    const clip = await make()
    if (clip && Buffer.from(clip).toString('latin1', 4, 8) !== 'ftyp') throw new Error('what came is no clip')
    const counts = (await ledger()).services[service] ?? {}
    const { billed = 0, delivered = 0 } = counts
    if (billed !== jobs || delivered !== jobs) throw new Error(`billed ${billed}, delivered ${delivered}, not ${jobs}`)
    console.log(`ok ${n} - ${name}`)
  } catch (error) {
    failed++
    console.log(`not ok ${n} - ${name}`)
    console.log(`# ${String(error?.stack ?? error).slice(0, 2000).replaceAll('\n', '\n# ')}`)
  }
}

async function gateway() {
  const { experimental_generateVideo: generateVideo } = await import('ai')
  const { createGateway } = await import('@ai-sdk/gateway')
  const service = createGateway({ apiKey: 'vck-one', baseURL: `${origin}/v4/ai` })
  const model = service.video('klingai/kling-v2.5-turbo-i2v')
  // the package refuses to fetch from loopback by itself
  const download = async ({ url }) => ({ data: await fetchClip(url), mediaType: 'video/mp4' })
  const one = { model, prompt: { text: prompt, image: first }, duration: 5, maxRetries: 0, download }

  await check('ai with @ai-sdk/gateway: start and status', 'vercel-gateway', async () =>
    (await generateVideo({ ...one, poll: { intervalMs: 10 } })).video.uint8Array)
  await check('ai with @ai-sdk/gateway: first and last frame, ten seconds', 'vercel-gateway', async () => {
    const frames = [{ image: first, frameType: 'first_frame' }, { image: last, frameType: 'last_frame' }]
    const result = await generateVideo({
      ...one, prompt, frameImages: frames, duration: 10, providerOptions: { klingai: { mode: 'pro' } }, poll: { intervalMs: 10 },
    })
    return result.video.uint8Array
  })
  await check('ai with @ai-sdk/gateway: the event stream', 'vercel-gateway', async () => (await generateVideo(one)).video.uint8Array)
  await check('@ai-sdk/gateway: credits', 'vercel-gateway', async () => {
    const { balance } = await service.getCredits()
    if (balance !== '4.65') throw new Error(`balance ${balance}`)
  }, 0)
}

async function fal() {
  const { createFalClient } = await import('@fal-ai/client')
  // the client knows only its own hosts
  const moved = (input, options) =>
    fetch(String(input).replace(/^https:\/\/((queue|rest)\.fal\.(run|ai))/, `${origin}/$1`), options)
  const client = createFalClient({ credentials: 'one:secret', fetch: moved })
  const endpoint = 'fal-ai/kling-video/v2.5-turbo/pro/image-to-video'

  await check('@fal-ai/client: two uploads, subscribe', 'fal', async () => {
    const image_url = await client.storage.upload(new Blob([first], { type: 'image/png' }))
    const tail_image_url = await client.storage.upload(new Blob([last], { type: 'image/png' }))
    const input = { prompt, image_url, tail_image_url, duration: '10' }
    const { data } = await client.subscribe(endpoint, { input, pollInterval: 10 })
    return fetchClip(data.video.url)
  })
  await check('@fal-ai/client: submit with a data URI, status, result', 'fal', async () => {
    const input = { prompt, image_url: `data:image/png;base64,${first.toString('base64')}`, duration: '5' }
    const { request_id: requestId } = await client.queue.submit(endpoint, { input })
    while ((await client.queue.status(endpoint, { requestId })).status !== 'COMPLETED');
    return fetchClip((await client.queue.result(endpoint, { requestId })).data.video.url)
  })
}

async function replicate() {
  const { default: Replicate } = await import('replicate')
  const client = new Replicate({ auth: 'r8_one', baseUrl: `${origin}/v1`, useFileOutput: false })
  const model = 'kwaivgi/kling-v2.5-turbo-pro'

  await check('replicate: files, run', 'replicate', async () => {
    const input = { prompt, start_image: first, end_image: last, duration: 10 }
    return fetchClip(await client.run(model, { input, wait: { mode: 'poll', interval: 10 } }))
  })
  await check('replicate: create, list, wait', 'replicate', async () => {
    const input = { prompt, start_image: 'https://example.com/first.png', duration: 5 }
    const made = await client.predictions.create({ model, input })
    const { results } = await client.predictions.list()
    if (results[0].id !== made.id) throw new Error('not in the list')
    return fetchClip((await client.wait(made, { interval: 10 })).output)
  })
}

async function wavespeed() {
  const { Client } = await import('wavespeed')
  const client = new Client('ws-one', { baseUrl: origin })
  const model = 'kwaivgi/kling-v2.5-turbo-pro/image-to-video'

  await check('wavespeed: two uploads, run', 'wavespeed', async () => {
    const image = await client.upload(join(wire, 'first.png'))
    const last_image = await client.upload(join(wire, 'last.png'))
    const { outputs } = await client.run(model, { image, last_image, prompt, duration: 10 }, { pollInterval: 0.01 })
    return fetchClip(outputs[0])
  })
}

async function novita() {
  const { NovitaSDK } = await import('novita-sdk')

  for (const [service, key, image] of [
    ['novita', 'Bearer nv-one', first.toString('base64')],
    ['highway', 'Bearer hw-one', `data:image/png;base64,${first.toString('base64')}`],
  ])
    await check(`novita-sdk at ${service}`, service, async () => {
      const client = new NovitaSDK(key)
      client.setBaseUrl(origin)
      const data = { image, prompt, duration: '5', cfg_scale: 0.5, mode: 'pro' }
      const { task_id } = await client.httpFetch({ url: '/v3/async/kling-2.5-turbo-i2v', method: 'POST', data })
      let answer
      do answer = await client.progress({ task_id })
      while (['TASK_STATUS_QUEUED', 'TASK_STATUS_PROCESSING'].includes(answer.task.status))
      return fetchClip(answer.videos[0].video_url)
    })
}

async function kling() {
  const { KlingAPI } = await import('kling-api')
  const client = new KlingAPI({ accessKey: 'ak-test', secretKey: 'sk-test' })
  client.client.defaults.baseURL = origin // it takes none but https

  await check('kling-api: signed, first and last frame', 'kling', async () => {
    const made = await client.imageToVideo({
      model_name: 'kling-v2-5-turbo', image: first.toString('base64'), image_tail: last.toString('base64'),
      mode: 'pro', duration: '5', prompt,
    })
    let answer
    do answer = await client.queryImageToVideoTask(made.data.task_id)
    while (['submitted', 'processing'].includes(answer.data.task_status))
    return fetchClip(answer.data.task_result.videos[0].url)
  })
  await check('kling-api: account', 'kling', async () => {
    await client.getAccountInfo(Date.now() - 1000, Date.now())
  }, 0)
}

for (const client of [gateway, fal, replicate, wavespeed, novita, kling]) await client()
console.log(`1..${n}`)
process.exit(failed ? 1 : 0)
