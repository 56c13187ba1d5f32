/** The environment variable with the loopback port where test files ask for the run's broker. */
export const desk = 'PEYK_TEST_KAFKA_DESK';
