package server

import (
	"cmp"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts what is asked for, in a registry of the server's own.
type metrics struct {
	handler  http.Handler
	requests *prometheus.CounterVec   // by route and status
	seconds  *prometheus.HistogramVec // by route
	underWay prometheus.Gauge
	refused  prometheus.Counter
}

func newMetrics() *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "onrecord_requests_total", Help: "Requests answered."}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "onrecord_request_seconds", Help: "Time that answers took.", Buckets: prometheus.ExponentialBuckets(.001, 2.5, 10),
		}, []string{"route"}),
		underWay: prometheus.NewGauge(prometheus.GaugeOpts{Name: "onrecord_requests_under_way", Help: "Requests that are being answered."}),
		refused:  prometheus.NewCounter(prometheus.CounterOpts{Name: "onrecord_requests_refused_total", Help: "Requests refused because too many came from an address."}),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.requests, m.seconds, m.underWay, m.refused, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{DisableCompression: true})
	return m
}

// seen counts an answer.
func (m *metrics) seen(v *visit, took time.Duration) {
	route := cmp.Or(v.route, "none") // one for all that nothing answers, as visitors choose the addresses
	m.requests.WithLabelValues(route, strconv.Itoa(v.status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}
