import type { Group } from "./build.ts";
import { dedent, list, one } from "./build.ts";

const ca = Buffer.from(
  `-----BEGIN CERTIFICATE-----\n${"MIIDBTCCAe2gAwIBAgIIR2l0aHViCg".repeat(30)}\n-----END CERTIFICATE-----\n`,
).toString("base64");
const key = Buffer.from("-----BEGIN RSA PRIVATE KEY-----\ns3cr3t\n-----END RSA PRIVATE KEY-----\n").toString(
  "base64",
);

/** Kubeconfigs as the usual tools and clouds write them. */
const kubeconfigs: Readonly<Record<string, string>> = {
  "Amazon's cloud": dedent(`
    apiVersion: v1
    clusters:
    - cluster:
        certificate-authority-data: ${ca}
        server: https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com
      name: arn:aws:eks:eu-west-1:123456789012:cluster/prod
    contexts:
    - context:
        cluster: arn:aws:eks:eu-west-1:123456789012:cluster/prod
        user: arn:aws:eks:eu-west-1:123456789012:cluster/prod
      name: arn:aws:eks:eu-west-1:123456789012:cluster/prod
    current-context: arn:aws:eks:eu-west-1:123456789012:cluster/prod
    kind: Config
    preferences: {}
    users:
    - name: arn:aws:eks:eu-west-1:123456789012:cluster/prod
      user:
        exec:
          apiVersion: client.authentication.k8s.io/v1beta1
          args:
          - --region
          - eu-west-1
          - eks
          - get-token
          - --cluster-name
          - prod
          - --output
          - json
          command: aws
          env:
          - name: AWS_PROFILE
            value: work
          interactiveMode: IfAvailable
          provideClusterInfo: false
  `),
  "Google's cloud": dedent(`
    apiVersion: v1
    clusters:
    - cluster:
        certificate-authority-data: ${ca}
        server: https://34.0.0.1
      name: gke_project_europe-west1-b_web
    contexts:
    - context:
        cluster: gke_project_europe-west1-b_web
        user: gke_project_europe-west1-b_web
      name: gke_project_europe-west1-b_web
    current-context: gke_project_europe-west1-b_web
    kind: Config
    preferences: {}
    users:
    - name: gke_project_europe-west1-b_web
      user:
        exec:
          apiVersion: client.authentication.k8s.io/v1beta1
          command: gke-gcloud-auth-plugin
          installHint: Install gke-gcloud-auth-plugin for use with kubectl by following
            https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin
          provideClusterInfo: true
  `),
  "Microsoft's cloud": dedent(`
    apiVersion: v1
    kind: Config
    clusters:
    - name: aks
      cluster: {certificate-authority-data: ${ca}, server: "https://aks-dns-1234.hcp.westeurope.azmk8s.io:443"}
    contexts:
    - name: aks
      context: {cluster: aks, user: clusterUser_rg_aks}
    - name: aks-admin
      context: {cluster: aks, user: clusterAdmin_rg_aks, namespace: kube-system}
    current-context: aks
    users:
    - name: clusterUser_rg_aks
      user:
        exec:
          apiVersion: client.authentication.k8s.io/v1beta1
          command: kubelogin
          args: [get-token, --login, devicecode, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
          env: null
          provideClusterInfo: false
    - name: clusterAdmin_rg_aks
      user:
        client-certificate-data: ${ca}
        client-key-data: ${key}
        token: 0s3cr3t0123456789abcdef
  `),
  minikube: dedent(`
    apiVersion: v1
    clusters:
    - cluster:
        certificate-authority: /home/me/.minikube/ca.crt
        extensions:
        - extension:
            last-update: Mon, 01 Jan 2024 10:00:00 CET
            provider: minikube.sigs.k8s.io
            version: v1.32.0
          name: cluster_info
        server: https://192.168.49.2:8443
      name: minikube
    contexts:
    - context:
        cluster: minikube
        extensions:
        - extension:
            last-update: Mon, 01 Jan 2024 10:00:00 CET
            provider: minikube.sigs.k8s.io
            version: v1.32.0
          name: context_info
        namespace: default
        user: minikube
      name: minikube
    current-context: minikube
    kind: Config
    preferences: {}
    users:
    - name: minikube
      user:
        client-certificate: /home/me/.minikube/profiles/minikube/client.crt
        client-key: /home/me/.minikube/profiles/minikube/client.key
  `),
  kind: dedent(`
    apiVersion: v1
    clusters:
    - cluster:
        certificate-authority-data: ${ca}
        server: https://127.0.0.1:34567
      name: kind-kind
    contexts:
    - context:
        cluster: kind-kind
        user: kind-kind
      name: kind-kind
    current-context: kind-kind
    kind: Config
    preferences: {}
    users:
    - name: kind-kind
      user:
        client-certificate-data: ${ca}
        client-key-data: ${key}
  `),
  "OpenShift's oc": dedent(`
    apiVersion: v1
    clusters:
    - cluster:
        insecure-skip-tls-verify: true
        server: https://api.example.com:6443
      name: api-example-com:6443
    contexts:
    - context:
        cluster: api-example-com:6443
        namespace: default
        user: kube:admin/api-example-com:6443
      name: default/api-example-com:6443/kube:admin
    current-context: default/api-example-com:6443/kube:admin
    kind: Config
    preferences: {}
    users:
    - name: kube:admin/api-example-com:6443
      user:
        token: sha256~s3cr3t
  `),
  Rancher: dedent(`
    apiVersion: v1
    kind: Config
    clusters:
    - name: "shop"
      cluster:
        server: "https://rancher.example.com/k8s/clusters/c-abcde"
        certificate-authority-data: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0t\\
          LS0tCk1JSUJ0ekNDQVYyZ0F3SUJBZ0lCQURBS0JnZ3Foa2pPUFFRREFqQTdN\\
          UndHZ1lEVlFRREV3PT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="
    users:
    - name: "shop"
      user:
        token: "kubeconfig-user-abcde:s3cr3t"
    contexts:
    - name: "shop"
      context:
        user: "shop"
        cluster: "shop"
    current-context: "shop"
  `),
  "an OpenID Connect plugin": dedent(`
    apiVersion: v1
    kind: Config
    clusters:
    - {name: corp, cluster: {server: https://k8s.corp.example, proxy-url: "socks5://127.0.0.1:1080", tls-server-name: k8s}}
    contexts:
    - {name: corp, context: {cluster: corp, user: oidc}}
    users:
    - name: oidc
      user:
        exec:
          apiVersion: client.authentication.k8s.io/v1
          command: kubectl
          args:
          - oidc-login
          - get-token
          - --oidc-issuer-url=https://login.example
          - --oidc-client-secret=s3cr3t
          env:
          interactiveMode: Always
          provideClusterInfo: false
    - name: oidc-old
      user:
        auth-provider:
          name: oidc
          config:
            client-id: kubernetes
            client-secret: s3cr3t
            id-token: s3cr3t.s3cr3t.s3cr3t
            idp-issuer-url: https://login.example
            refresh-token: s3cr3t
    current-context: corp
  `),
  "a pod's service account": dedent(`
    apiVersion: v1
    kind: Config
    clusters:
    - name: in-cluster
      cluster:
        certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
        server: https://kubernetes.default.svc
    users:
    - name: sa
      user:
        tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token
        as: system:serviceaccount:ci:deployer
        as-groups: [system:authenticated]
    contexts:
    - name: in-cluster
      context: {cluster: in-cluster, user: sa, namespace: ci}
    current-context: in-cluster
  `),
  "a hand with comments": dedent(`
    # My clusters. Ask ops@example.com before you change prod!
    apiVersion: v1
    kind: Config
    current-context: dev # keep this on dev

    clusters:
      # --- production ---
      - name: prod
        cluster: &prod
          server: https://prod:6443
          certificate-authority-data: |
            czNj
            cjN0
      - name: prod-eu # the same, elsewhere
        cluster:
          <<: *prod
          server: https://prod-eu:6443

      - name: dev
        cluster: {server: 'http://localhost:8080', insecure-skip-tls-verify: yes}

    users:
      - name: me
        user: {username: me, password: 's3cr3t: "it''s"'}

    contexts:
      - {name: prod, context: {cluster: prod, user: me}}
      - {name: prod-eu, context: {cluster: prod-eu, user: me}}
      - {name: dev, context: {cluster: dev, user: me, namespace: "0777"}}
  `),
};

const commands: readonly (readonly string[])[] = [
  ["view"],
  ["view", "--raw"],
  ["view", "--minify", "-o", "json"],
  ["view", "-o", "kyaml"],
  ["get-contexts"],
  ["view", "-o", 'jsonpath={range .users[*]}{.name}{"\\t"}{.user.exec.command}{"\\n"}{end}'],
];

/** Kubeconfigs of real life. */
export const realistic: Group = {
  rule: "realistic",
  cases: [
    ...Object.entries(kubeconfigs).flatMap(([author, text]) =>
      commands.map((argv) => one(`a kubeconfig by ${author}, ${argv.join(" ")}`, text, argv)),
    ),
    ...commands.map((argv) =>
      list(
        `the kubeconfigs of all authors together, ${argv.join(" ")}`,
        Object.fromEntries(Object.values(kubeconfigs).map((text, at) => [`f${at}`, text])),
        Object.keys(kubeconfigs).map((_, at) => `f${at}`),
        argv,
      ),
    ),
  ],
};
