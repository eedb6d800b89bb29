// A hundred messages at QoS 2 and a large one, out and back. Arguments: URL, protocol version (3, 4 or 5).
const mqtt = require('mqtt');

const MESSAGES = 100;
const LARGE = 'x'.repeat(300000);
const [url, version] = process.argv.slice(2);

async function roundtrip() {
  const options = { protocolVersion: Number(version), reconnectPeriod: 0 };
  if (version === '3') {
    options.protocolId = 'MQIsdp';
  }
  const client = await mqtt.connectAsync(url, options);
  const received = [];
  const all = new Promise((resolve) => {
    client.on('message', (topic, payload) => {
      received.push(payload.toString());
      if (received.length === MESSAGES + 1) {
        resolve();
      }
    });
  });
  await client.subscribeAsync('js/#', { qos: 2 });
  for (let i = 0; i < MESSAGES; i++) {
    await client.publishAsync('js/' + i, String(i), { qos: 2 });
  }
  await client.publishAsync('js/large', LARGE, { qos: 1 });
  await all;
  await client.endAsync();
  const inOrder = received.slice(0, MESSAGES).every((payload, i) => payload === String(i));
  if (!inOrder || received[MESSAGES] !== LARGE) {
    throw new Error('received ' + received.slice(0, MESSAGES));
  }
}

setTimeout(() => process.exit(2), 20000).unref();
roundtrip().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
