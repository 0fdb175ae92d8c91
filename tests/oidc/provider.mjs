// A certified OpenID provider (npm oidc-provider) for tests: whoever types a login is in.
// `node provider.mjs PORT PORTAL` prints `ready` when it answers. Everybody in it is made up.
import { createHash } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, portal] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const client = (id, rest) => ({
  client_id: id,
  client_secret: `secret-of-${id}`,
  redirect_uris: [`${portal}/dang-nhap/ve`],
  post_logout_redirect_uris: [`${portal}/`],
  grant_types: ['authorization_code'],
  response_types: ['code'],
  subject_type: 'pairwise',
  ...rest,
});

const provider = new Provider(issuer, {
  clients: [client('sangkien'), client('other')],
  subjectTypes: ['public', 'pairwise'],
  pairwiseIdentifier: (ctx, accountId, to) =>
    createHash('sha256').update(`${to.sectorIdentifier}|${to.clientId}|${accountId}`).digest('hex'),
  claims: {
    openid: ['sub'],
    profile: ['name', 'groups', 'unit', 'identity_number'],
    email: ['email', 'email_verified'],
  },
  cookies: { keys: ['only for tests'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: id === 'nameless' ? undefined : `Người mẫu ${id}`,
      email: `${id}@example.vn`,
      email_verified: id !== 'unverified',
      groups: id.startsWith('tho-ky') ? ['so-noi-vu/thu-ky'] : [],
      unit: 'DV-01',
      identity_number: '001000000001',
    }),
  }),
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
