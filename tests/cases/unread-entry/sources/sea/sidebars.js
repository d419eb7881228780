module.exports = {
  sea: [
    'waves',
    ...require('./more'),
  ],
};
