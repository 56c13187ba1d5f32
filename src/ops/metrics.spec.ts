import { Metrics } from './metrics.js';

describe('metrics', () => {
  it('have the names and labels that dashboards rely on', async () => {
    const metrics = new Metrics({ process: false });
    metrics.events('kafka', 'accepted', 3);
    metrics.decisions('repair-status', 'entered');
    metrics.messages('sms', 'service', 'sent', 2);
    metrics.inDoubt('sms', 'kavenegar');
    metrics.deadLetters('kafka');
    metrics.sendTook('sms', 'kavenegar', 0.2);
    metrics.rateLimitWait('sms', 'kavenegar', 1);
    metrics.outboxDepth({ sms: 7 });
    metrics.held({ quiet_hours: 1 });
    metrics.timerLag(0.5);
    metrics.kafkaLag('peyk.events', 2, 40);
    const text = await metrics.print();
    for (const line of [
      'peyk_events_total{source="kafka",result="accepted"} 3',
      'peyk_decisions_total{journey="repair-status",kind="entered"} 1',
      'peyk_messages_total{channel="sms",purpose="service",status="sent"} 2',
      'peyk_in_doubt_total{channel="sms",provider="kavenegar"} 1',
      'peyk_dead_letters_total{source="kafka"} 1',
      'peyk_send_seconds_count{channel="sms",provider="kavenegar"} 1',
      'peyk_rate_limit_wait_seconds_sum{channel="sms",provider="kavenegar"} 1',
      'peyk_outbox_depth{channel="sms"} 7',
      'peyk_held{reason="quiet_hours"} 1',
      'peyk_timer_lag_seconds 0.5',
      'peyk_kafka_lag{topic="peyk.events",partition="2"} 40',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
  });

  it('forget what is no more', async () => {
    const metrics = new Metrics({ process: false });
    metrics.outboxDepth({ sms: 7, email: 1 });
    metrics.outboxDepth({ sms: 0 });
    metrics.kafkaLag('t', 0, 1);
    metrics.forgetKafkaLag('t', 0);
    const text = await metrics.print();
    expect(text).toContain('peyk_outbox_depth{channel="sms"} 0');
    expect(text).not.toMatch(/email|topic="t"/);
  });

  it('count nothing for nothing', async () => {
    const metrics = new Metrics({ process: false });
    metrics.events('http', 'dead', 0);
    expect(await metrics.print()).not.toContain('result="dead"');
  });

  it('can be made twice in a process, and tell about the process itself', async () => {
    expect(await new Metrics().print()).toContain('process_cpu_seconds_total');
    expect(await new Metrics().print()).toContain('process_cpu_seconds_total');
  });
});
