{{/* What stands on everything of one service; the argument: a dict of `service` and `root`. */}}
{{- define "sangkien.selector" -}}
app.kubernetes.io/name: sangkien
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .service }}
{{- end }}

{{- define "sangkien.labels" -}}
{{ include "sangkien.selector" . }}
app.kubernetes.io/version: {{ .root.Values.images.tag | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "sangkien.name" -}}
{{ .root.Release.Name }}-{{ .service }}
{{- end }}

{{- define "sangkien.image" -}}
{{ .root.Values.images.registry }}sangkien/{{ .service }}:{{ .root.Values.images.tag }}
{{- end }}

{{/* Nobody in particular, on a file system that cannot be written to. */}}
{{- define "sangkien.pod" -}}
automountServiceAccountToken: false
{{- with .root.Values.images.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "sangkien.confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
