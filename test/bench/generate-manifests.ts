import { writeFileSync } from 'node:fs';

/** Writes one stream of Kubernetes objects: services with their deployments, roles and bindings. */
export function generateManifests(file: string, objects: number): { readonly bytes: number } {
  const documents: string[] = [];
  for (let index = 0; documents.length < objects; index++) documents.push(...application(index));
  const text = documents.slice(0, objects).join('---\n');
  writeFileSync(file, text);
  return { bytes: text.length };
}

function application(index: number): string[] {
  const namespace = `team-${index % 40}`;
  return [deployment(index, namespace), service(index, namespace), role(index, namespace), binding(index, namespace)];
}

function deployment(index: number, namespace: string): string {
  const containers = ['web', 'cache', 'log'].map(
    (name, at) => `        - name: ${name}
          image: registry.example.com/orchard/${name}:1.${index}.${at}
          args: ["--level", "info", "--port=80${at}0"]
          ports:
            - name: http-${at}
              containerPort: 80${at}0
          env:
            - name: ORCHARD
              value: "orchard-${index}"
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: store-${index}
                  key: password
            - name: NODE
              valueFrom:
                fieldRef:
                  fieldPath: spec.nodeName
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { cpu: 500m, memory: 512Mi }
          readinessProbe:
            httpGet: { path: /ready, port: http-${at} }
            initialDelaySeconds: 5
          livenessProbe:
            httpGet: { path: /live, port: http-${at} }
            periodSeconds: 20
          securityContext:
            allowPrivilegeEscalation: ${index % 11 === 0}
            readOnlyRootFilesystem: true
            runAsNonRoot: true
            capabilities: { drop: [ALL] }
            seccompProfile: { type: RuntimeDefault }
          volumeMounts:
            - name: data
              mountPath: /var/lib/${name}
            - name: settings
              mountPath: /etc/${name}
              readOnly: true
`,
  );
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orchard-${index}
  namespace: ${namespace}
  labels: &labels
    app.kubernetes.io/name: orchard-${index}
    app.kubernetes.io/part-of: bakery
  annotations:
    bakery.example.com/owner: "team ${index % 40}"
spec:
  replicas: ${1 + (index % 3)}
  selector:
    matchLabels: *labels
  template:
    metadata:
      labels: *labels
    spec:
      serviceAccountName: orchard-${index}
      automountServiceAccountToken: false
      securityContext: { fsGroup: 2000, runAsUser: 1000 }
      containers:
${containers.join('')}      volumes:
        - name: data
          emptyDir: {}
        - name: settings
          configMap: { name: settings-${index} }
`;
}

function service(index: number, namespace: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: orchard-${index}
  namespace: ${namespace}
spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: orchard-${index}
  ports:
    - { name: http, port: 80, targetPort: http-0 }
`;
}

function role(index: number, namespace: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: orchard-${index}
  namespace: ${namespace}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list, watch]
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [store-${index}]
    verbs: [get]
`;
}

function binding(index: number, namespace: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: orchard-${index}
  namespace: ${namespace}
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: orchard-${index} }
subjects:
  - { kind: ServiceAccount, name: orchard-${index}, namespace: ${namespace} }
`;
}
